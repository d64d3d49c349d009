using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.TestServers;

/// <summary>The states that tests are about, from the files that the services read.</summary>
public static class TestStates
{
    public static State California { get; } = Of("ca");

    /// <summary>By its code.</summary>
    public static State Of(string code) => State.Read(Path.Combine(AppContext.BaseDirectory, "states", code));
}
