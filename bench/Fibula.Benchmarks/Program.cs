Console.WriteLine("Fibula.Benchmarks");
