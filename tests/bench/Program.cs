using SafeHarbor.Bench;
using SafeHarbor.Bench.Report;

return await Settings.Command(async (settings, cancellation) =>
{
    var figures = await Run.MeasureAsync(settings, Console.Error.WriteLine, cancellation);
    Console.WriteLine(settings.Json ? JsonLine.Of(figures) : Table.Of(figures));
    foreach (var missing in figures.Missing)
        Console.Error.WriteLine(missing);
    return figures.Missing.Count == 0 ? 0 : 1;
}).Parse(args).InvokeAsync();
