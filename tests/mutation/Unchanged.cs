using System.IO.MemoryMappedFiles;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SafeHarbor.Mutation;

/// <summary>
/// Stryker tries one change after another in the same process. What is static, as a map that was read, must be made of code that nothing was changed in:
/// else it stays wrong, or failed, for every change that comes after, and tests fail that notice nothing.
/// </summary>
internal static class Unchanged
{
    [ModuleInitializer]
    internal static void MakeStatics()
    {
        if (Environment.GetEnvironmentVariable("STRYKER_MUTANT_FILE") is not { } file || !File.Exists(file))
            return;
        // The number of the change that is tried; its runner waits until this process has begun.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var shared = MemoryMappedFile.CreateFromFile(stream, null, sizeof(int), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        using var number = shared.CreateViewAccessor(0, sizeof(int));
        var tried = number.ReadInt32(0);
        number.Write(0, -1);
        var tests = Assembly.GetExecutingAssembly();
        foreach (var type in tests.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("SafeHarbor.", StringComparison.Ordinal)).Select(Assembly.Load).Append(tests).SelectMany(assembly => assembly.GetTypes()))
            if (!type.ContainsGenericParameters)
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        number.Write(0, tried);
    }
}
