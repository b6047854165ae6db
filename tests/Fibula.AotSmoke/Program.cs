Console.WriteLine("Fibula.AotSmoke");
