using SafeHarbor.Local;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Sandbox;

namespace SafeHarbor.Journeys.Tests.Sandbox;

/// <summary>The tests that share one sandbox.</summary>
[CollectionDefinition]
public sealed class InTheSandbox : ICollectionFixture<SandboxWorld>;

/// <summary>A sandbox, with everybody whom its host plays.</summary>
public sealed class SandboxWorld : World
{
    private PublicApi? _api;

    public SandboxWorld() => IsSandbox = true;

    /// <summary>An encounter in the county that stays silent, reported before anything else: its ladder is climbed after a minute.</summary>
    internal string InAlpine { get; private set; } = "";

    internal SandboxHost Host { get; private set; } = null!;

    internal override async Task PeopleArriveAsync(CancellationToken cancellation)
    {
        _api = new PublicApi(kind => Installation[kind].Address, Installation.Keys);
        await ComeAsync(cancellation);
        InAlpine = (await ReportAsync(SampleEncounters.At((38.69, -119.78), "ADVOCATE"), cancellation)).GetProperty("encounterId").GetString()!;
    }

    /// <summary>Everybody comes, or comes again to another address.</summary>
    internal async Task ComeAsync(CancellationToken cancellation)
    {
        if (Host is not null)
            await Host.DisposeAsync();
        var quick = new Pace(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        var actors = new SandboxActors(_api!, SandboxFile.Read(HomeState.Current), quick, TimeProvider.System, TestContext.Current.SendDiagnosticMessage);
        Host = await SandboxHost.StartAsync(_api!, actors, listen: null, address: null, certificate: null, cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        _api?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
