Console.WriteLine("Workbench");
