using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Handling;

/// <summary>What messages are in order about.</summary>
internal static class OrderingKey
{
    private static readonly Guid OfDirectories = new("b6a0f3c4-5d0e-4e53-9d0b-1c8f1f2a7e11");

    /// <summary>The encounter, or the entry of a directory; null for what is about neither and waits for nothing.</summary>
    public static Guid? Of(object message) => message switch
    {
        IEncounterMessage about => about.EncounterId,
        IDirectoryMessage about => Of(message.GetType(), about.Entry),
        _ => null,
    };

    /// <summary>That of the messages about an entry of a directory.</summary>
    public static Guid Of<T>(string entry) where T : IDirectoryMessage => Of(typeof(T), entry);

    private static Guid Of(Type message, string entry) => DeterministicId.Of(OfDirectories, $"{message.Name}:{entry}");
}
