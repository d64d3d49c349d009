namespace SafeHarbor.Messaging.Tests;

/// <summary>Tests that measure what all services of this process do together: while one runs, no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
