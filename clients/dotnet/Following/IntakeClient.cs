using System.Runtime.CompilerServices;

namespace SafeHarbor.Client.Intake;

/// <summary>Something that has happened to an encounter.</summary>
/// <param name="Line">What.</param>
/// <param name="Encounter">Where the encounter stood when this came; its status says whether more is to be expected.</param>
/// <param name="Resume">
/// Keep it, and follow from it after a restart: nothing is lost. What was told together with this comes once more; it is the same by its sequence.
/// </param>
public sealed record TimelineNews(TimelineLine Line, EncounterView Encounter, string? Resume);

public sealed partial class IntakeClient
{
    private const int LongestWait = 30;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>What has happened to an encounter and what happens, each as soon as the service knows it. Without an end: stop when you have seen enough.</summary>
    /// <param name="encounterId">The encounter.</param>
    /// <param name="resume">Where to go on, as <see cref="TimelineNews.Resume"/> said; null for the beginning.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">The service has refused it, and says what to do.</exception>
    /// <exception cref="NotAnsweredException">No answer came, however often it was asked; follow again from where you are.</exception>
    public async IAsyncEnumerable<TimelineNews> FollowEncounterAsync(Guid encounterId, string? resume = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var asked = _caller.Time.GetTimestamp();
            var view = await GetEncounterAsync(encounterId, after: resume, wait: LongestWait, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var (number, line) in view.Timeline.Index())
                yield return new(line, view, number == view.Timeline.Count - 1 ? view.Next : resume);
            resume = view.Next;
            // A service that is stopping does not wait for news.
            if (view.Timeline.Count == 0 && _caller.Time.GetElapsedTime(asked) < ShortestPause)
                await Task.Delay(ShortestPause, _caller.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
