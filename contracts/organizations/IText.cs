using System.Diagnostics.CodeAnalysis;

namespace SafeHarbor.Contracts;

/// <summary>
/// What is text outside, on the wire, in the database and in requests, and is parsed once, at the door: whoever holds one need not ask again whether it is right.
/// </summary>
public interface IText<T> where T : class, IText<T>
{
    /// <summary>As it is always written.</summary>
    string Text { get; }

    /// <summary>What is expected, for people.</summary>
    static abstract string Form { get; }

    /// <summary>Reads it; false when the text has another form.</summary>
    static abstract bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out T? value);

    /// <summary>Reads it; throws <see cref="FormatException"/>, which does not quote it, when the text has another form.</summary>
    static abstract T Parse(string text);
}
