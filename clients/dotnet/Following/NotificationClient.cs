using System.Runtime.CompilerServices;

namespace SafeHarbor.Client.Notification;

/// <summary>A notice of the feed.</summary>
/// <param name="Notice">It.</param>
/// <param name="Resume">Keep it, and follow from it after a restart: nothing is lost. What was told together with this comes once more; it is the same by its id.</param>
public sealed record FeedNews(CloudEvent Notice, string? Resume);

public sealed partial class NotificationClient
{
    /// <summary>The organization's notices in their order, for whoever polls instead of taking webhooks. Without an end.</summary>
    /// <param name="pause">How long to wait when there is nothing new.</param>
    /// <param name="resume">Where to go on, as <see cref="FeedNews.Resume"/> said; null for the beginning.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">The service has refused it, and says what to do.</exception>
    /// <exception cref="NotAnsweredException">No answer came, however often it was asked; follow again from where you are.</exception>
    public async IAsyncEnumerable<FeedNews> FollowFeedAsync(TimeSpan pause, string? resume = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var page = await ReadFeedPageAsync(after: resume, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var (number, notice) in page.Items.Index())
                yield return new(notice, number == page.Items.Count - 1 ? page.Next : resume);
            resume = page.Next;
            if (page.Items.Count == 0)
                await Task.Delay(pause, _caller.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
