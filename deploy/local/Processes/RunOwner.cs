using System.Text.Json;

namespace SafeHarbor.Local.Processes;

/// <summary>Whose a directory below <c>.local</c> is that serves one run alone: when that program has ended, it may be cleared away.</summary>
internal static class RunOwner
{
    /// <summary>Makes the directory and marks it as the running program's.</summary>
    public static string Mark(string directory)
    {
        Directory.CreateDirectory(directory);
        // Written aside and moved, because another run may be looking at this moment.
        File.WriteAllText(FileIn(directory) + ".new", JsonSerializer.Serialize(RecordedProcess.Of(Environment.ProcessId)));
        File.Move(FileIn(directory) + ".new", FileIn(directory));
        return directory;
    }

    public static bool HasEnded(string directory)
    {
        try
        {
            return !JsonSerializer.Deserialize<RecordedProcess>(File.ReadAllText(FileIn(directory)))!.IsRunning;
        }
        catch (FileNotFoundException)
        {
            // Not marked yet, or half cleared away: nobody needs longer than this for either.
            return Directory.GetLastWriteTimeUtc(directory) < DateTime.UtcNow.AddMinutes(-1);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string FileIn(string directory) => Path.Combine(directory, "owner.json");
}
