using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">What to give as <c>after</c> for the following part; null when nothing follows. A feed, which has no end, always gives it.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// What a list is asked for: <c>?after=&amp;limit=</c>. A handler takes it as <c>[AsParameters]</c>. A cursor is opaque: it holds the key of the last item
/// that was given, good for this list and this organization; one that this list did not give out is refused.
/// </summary>
/// <param name="Http">The request.</param>
/// <param name="After">The cursor, as an earlier page gave it.</param>
/// <param name="Limit">How many items, 1 to 200; 50 when nothing is said.</param>
public sealed record PageQuery(HttpContext Http, [property: FromQuery(Name = "after")] string? After,
    [property: FromQuery(Name = "limit"), Range(1, PageQuery.Most)] int? Limit)
{
    internal const int Usual = 50;
    internal const int Most = 200;
    private const int CheckBytes = 6;

    /// <summary>How many items to give.</summary>
    public int Size => Limit ?? Usual;

    /// <summary>The key behind the cursor; null for the first page. Adds what is wrong with the query, also with <c>limit</c>.</summary>
    public TKey? Key<TKey>(ValidationErrors errors) where TKey : struct, ISpanParsable<TKey> =>
        KeyText(errors) is { } text && TKey.TryParse(text, CultureInfo.InvariantCulture, out var key) ? key : null;

    /// <summary>The same for a list that is ordered by two columns.</summary>
    public (TFirst First, TSecond Second)? Key<TFirst, TSecond>(ValidationErrors errors) where TFirst : struct, ISpanParsable<TFirst> where TSecond : struct, ISpanParsable<TSecond> =>
        KeyText(errors)?.Split(' ') is [var one, var two]
        && TFirst.TryParse(one, CultureInfo.InvariantCulture, out var first) && TSecond.TryParse(two, CultureInfo.InvariantCulture, out var second)
            ? (first, second) : null;

    /// <summary>The same for a list that is ordered by a text.</summary>
    public string? KeyText(ValidationErrors errors)
    {
        if (Limit is < 1 or > Most)
            errors.AddParameter("limit", "out-of-range", $"Give 1 to {Most}, or leave it out for {Usual}.");
        if (After is null)
            return null;
        var bytes = Base64Url.IsValid(After) ? Base64Url.DecodeFromChars(After) : [];
        if (bytes.Length > CheckBytes && CryptographicOperations.FixedTimeEquals(Check(bytes.AsSpan(CheckBytes)), bytes.AsSpan(0, CheckBytes)))
            return Encoding.UTF8.GetString(bytes.AsSpan(CheckBytes));
        Unknown(errors);
        return null;
    }

    /// <summary>Adds that the cursor is none of this list, or lies beyond its end.</summary>
    public static ValidationErrors Unknown(ValidationErrors errors) => errors.AddParameter("after", "unknown-cursor",
        "This list has not given out this cursor. Leave 'after' out to start again with the first page, and give back what a page gives as 'next'.");

    /// <summary>The page of what was found when <see cref="Size"/> + 1 items were asked for.</summary>
    /// <param name="found">In the list's order.</param>
    /// <param name="view">What is shown of an item.</param>
    /// <param name="keys">The columns that the list is ordered by.</param>
    public Page<TView> Of<TRow, TView>(IReadOnlyList<TRow> found, Func<TRow, TView> view, params Func<TRow, IFormattable>[] keys) =>
        Of(found, view, row => string.Join(' ', keys.Select(key => Text(key(row)))));

    /// <summary>The same for a list that is ordered by a text.</summary>
    public Page<TView> Of<TRow, TView>(IReadOnlyList<TRow> found, Func<TRow, TView> view, Func<TRow, string> key) =>
        new([.. found.Take(Size).Select(view)], found.Count > Size ? Cursor(key(found[Size - 1])) : null);

    /// <summary>The cursor that leads on from a key; for feeds.</summary>
    public string Cursor(IFormattable key) => Cursor(Text(key));

    private string Cursor(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return Base64Url.EncodeToString([.. Check(bytes), .. bytes]);
    }

    private static string Text(IFormattable key) => key.ToString(key is DateTimeOffset ? "O" : null, CultureInfo.InvariantCulture);

    // No secret: whoever makes up a cursor gets no more than the list gives anyhow. It finds what was cut off, mixed up or taken from another list.
    private ReadOnlySpan<byte> Check(ReadOnlySpan<byte> key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{(Http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}\n{Caller.From(Http.User).Organization}\n"));
        hash.AppendData(key);
        return hash.GetHashAndReset().AsSpan(0, CheckBytes);
    }
}
