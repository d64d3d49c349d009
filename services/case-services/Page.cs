using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CaseServices;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the order of their ids.</param>
/// <param name="Next">What to give as <c>after</c> for the following part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

internal static class Page
{
    private const int Default = 50;
    private const int Most = 200;

    /// <summary>How many items to give; says so when the caller asked for an impossible number.</summary>
    public static int Size(int? limit, ValidationErrors errors)
    {
        if (limit is < 1 or > Most)
            errors.AddParameter("limit", "out-of-range", $"Give 1 to {Most}.");
        return limit ?? Default;
    }

    /// <summary>The page of <paramref name="found"/>, which was asked for one more than <paramref name="size"/>.</summary>
    public static Page<T> Of<TRow, T>(List<TRow> found, int size, Func<TRow, T> view, Func<TRow, string> cursor) => new(
        [.. found.Take(size).Select(view)],
        found.Count > size ? cursor(found[size - 1]) : null);
}
