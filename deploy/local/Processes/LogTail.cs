namespace SafeHarbor.Local.Processes;

/// <summary>The end of a log, for the message that says why something did not start.</summary>
internal static class LogTail
{
    public static string Of(string file, int lines = 15)
    {
        if (!File.Exists(file))
            return "(no log)";
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return string.Join(Environment.NewLine, reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines));
    }
}
