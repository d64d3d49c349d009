namespace SafeHarbor.Intake.Tests;

/// <summary>One running service for the tests of a class.</summary>
public class RunningIntake : IAsyncLifetime
{
    protected virtual (string Key, string Value)[] Settings => [];

    public TestIntake Intake { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Intake = await TestIntake.StartAsync(Settings);

    public async ValueTask DisposeAsync()
    {
        await Intake.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same, with a log that holds everything, for tests that search it.</summary>
public sealed class RunningIntakeThatLogsEverything : RunningIntake
{
    protected override (string Key, string Value)[] Settings => TestIntake.LogEverything;
}

/// <summary>The same service for classes that say nothing of what others do meanwhile: one of their tests runs at a time.</summary>
[CollectionDefinition]
public sealed class OneIntake : ICollectionFixture<RunningIntake>;
