using System.Diagnostics;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>Starts a program as a terminal does. Tests that run in the background of a script ignore Ctrl-C, and what they start would inherit that.</summary>
internal static class FromTerminal
{
    public static ProcessStartInfo Start(string program, params string[] arguments) => new("env", ["--default-signal=INT", program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
