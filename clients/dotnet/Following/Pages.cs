using System.Runtime.CompilerServices;

namespace SafeHarbor.Client;

internal static class Pages
{
    /// <summary>All items of a list, each page as it is needed.</summary>
    public static async IAsyncEnumerable<TItem> ItemsAsync<TPage, TItem>(
        Func<string?, CancellationToken, Task<TPage>> read, [EnumeratorCancellation] CancellationToken cancellation) where TPage : IPage<TItem>
    {
        string? after = null;
        do
        {
            var page = await read(after, cancellation).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            after = page.Next;
        }
        while (after is not null);
    }
}
