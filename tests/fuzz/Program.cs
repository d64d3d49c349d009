using SafeHarbor.Fuzz;
using SafeHarbor.Local;

return await LauncherCommand.RunProgramAsync(FuzzSettings.Command(async (settings, cancellation) =>
    (await FuzzRun.RunAsync(settings, Console.Out.WriteLine, cancellation)).Passed ? 0 : 1), args);
