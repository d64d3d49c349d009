namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>
/// A place in a body, as far as it is told: a name that the sender made up is repeated only when it is plain, because a text can stand where a name does.
/// Below a name that is not plain a place stays where that name is.
/// </summary>
internal readonly record struct BodyPlace
{
    private const int LongestName = 40;

    public static readonly BodyPlace Root = new("", isExact: true);

    private readonly bool _isExact;

    private BodyPlace(string pointer, bool isExact) => (Pointer, _isExact) = (pointer, isExact);

    /// <summary>As a JSON Pointer (RFC 6901).</summary>
    public string Pointer { get; }

    /// <summary>A member whose name is the program's, or an item of a list.</summary>
    public BodyPlace Of(object token) => Below(JsonPointer.Of(token));

    /// <summary>A member whose name is the sender's; null when it is no text.</summary>
    public BodyPlace Named(string? name) => IsPlain(name) ? Of(name!) : new(Pointer, isExact: false);

    /// <summary>What <paramref name="pointer"/> names from here.</summary>
    public BodyPlace Below(string pointer) => _isExact ? new(Pointer + pointer, isExact: true) : this;

    /// <summary>Whether a name is one that programs use, letters, digits, <c>_</c> and <c>-</c>, at most 40, and not a text.</summary>
    public static bool IsPlain(string? name) => name is { Length: > 0 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
