Console.WriteLine("SafeHarbor");
