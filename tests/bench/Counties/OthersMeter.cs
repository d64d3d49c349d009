using System.Diagnostics;
using SafeHarbor.Bench.Meters;

namespace SafeHarbor.Bench.Counties;

/// <summary>What the machine does beside that which is measured, between two moments.</summary>
internal sealed class OthersMeter
{
    private readonly CountyStage _stage;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly double _others;

    private OthersMeter(CountyStage stage) => (_stage, _others) = (stage, Milliseconds(stage));

    /// <summary>Of a core, so far.</summary>
    public double Percent => (Milliseconds(_stage) - _others) / Stopwatch.GetElapsedTime(_began).TotalMilliseconds * 100;

    public static OthersMeter Start(CountyStage stage) => new(stage);

    private static double Milliseconds(CountyStage stage) => ProcessTree.MachineMilliseconds() - ProcessTree.Milliseconds([.. stage.Processes, Environment.ProcessId]);
}
