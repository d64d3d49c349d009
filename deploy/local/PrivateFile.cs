namespace SafeHarbor.Local;

/// <summary>Files that hold a password or a key: readable by their owner alone, from the first moment.</summary>
internal static class PrivateFile
{
    public static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }
}
