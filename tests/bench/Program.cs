using SafeHarbor.Bench;
using SafeHarbor.Bench.Counties;
using SafeHarbor.Bench.Floods;
using SafeHarbor.Bench.Passes;
using SafeHarbor.Bench.Report;

if (args is [FloodProcess.Verb, .. var flood])
    return await FloodProcess.RunAsync(flood);

var command = Settings.Command(async (settings, cancellation) =>
{
    if (settings.Sealing)
    {
        Console.WriteLine(SealingPass.Measure());
        return 0;
    }
    if (settings.Counties > 0)
    {
        var asked = await CountyFigures.MeasureAsync(settings, Console.Error.WriteLine, cancellation);
        Console.WriteLine(settings.Json ? JsonLine.Of(asked) : CountyTable.Of(asked));
        return 0;
    }
    if (settings.Flood > 0)
    {
        var flooded = await FloodFigures.MeasureAsync(settings, Console.Error.WriteLine, cancellation);
        Console.WriteLine(settings.Json ? JsonLine.Of(flooded) : FloodTable.Of(flooded));
        return flooded.All(under => under.Taken == under.Reports) ? 0 : 1;
    }
    var figures = await Run.MeasureAsync(settings, Console.Error.WriteLine, cancellation);
    Console.WriteLine(settings.Json ? JsonLine.Of(figures) : Table.Of(figures));
    foreach (var missing in figures.Missing)
        Console.Error.WriteLine(missing);
    return figures.Missing.Count == 0 ? 0 : 1;
});

try
{
    // An orderly end takes the servers a moment.
    return await command.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
}
catch (OperationCanceledException)
{
    return 130;
}
