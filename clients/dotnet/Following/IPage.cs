namespace SafeHarbor.Client;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public interface IPage<out T>
{
    /// <summary>In the list's order.</summary>
    IReadOnlyList<T> Items { get; }

    /// <summary>What to give as <c>after</c> for the following part; null when nothing follows.</summary>
    string? Next { get; }
}
