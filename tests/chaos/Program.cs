using SafeHarbor.Chaos;
using SafeHarbor.Local;

return await LauncherCommand.RunProgramAsync(ChaosSettings.Command(async (settings, cancellation) =>
{
    var say = settings.Json ? Console.Error : Console.Out;
    var result = await ChaosRun.RunAsync(settings, say.WriteLine, cancellation);
    if (settings.Json)
        Console.WriteLine(result.ToJson());
    return result.Passed ? 0 : 1;
}), args);
