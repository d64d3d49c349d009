using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.Messaging.Notices;

/// <summary>Makes the notices that a service asks for.</summary>
/// <param name="service">Its name.</param>
/// <param name="address">Where organizations reach it, without a slash at its end; without one, links are paths.</param>
/// <param name="keeper">The key of the node that it is, under which outcomes come back to it; null when it is none.</param>
public sealed class NoticeBuilder(string service, Func<string>? address = null, string? keeper = null)
{
    /// <summary>
    /// A notice without due time and report, asked for by what it is about. Its id is a new one: whoever may ask twice gives it one that follows from
    /// what is told.
    /// </summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="encounterId">The encounter.</param>
    /// <param name="type">What has happened, <c>noun.verb.v1</c>.</param>
    /// <param name="organization">Whom it is for.</param>
    /// <param name="urgency">One of <see cref="Contracts.Codes.Urgencies"/>.</param>
    /// <param name="at">Now.</param>
    public NoticeRequested About(NoticeSubject subject, Guid encounterId, string type, Organization organization, string urgency, DateTimeOffset at) => new()
    {
        EncounterId = encounterId,
        NoticeId = Guid.CreateVersion7(at),
        RequestedBy = subject.Id,
        Keeper = keeper,
        Organization = organization,
        Type = type,
        Source = service,
        Subject = subject.Id,
        SubjectKind = subject.Kind,
        Link = address?.Invoke() + subject.Path,
        Urgency = urgency,
        At = at,
    };

    /// <summary>The same about the system itself, and no encounter. How it is delivered nobody is told: it is asked for again until it is over.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="type">What has happened, <c>noun.verb.v1</c>.</param>
    /// <param name="organization">Whom it is for.</param>
    /// <param name="urgency">One of <see cref="Contracts.Codes.Urgencies"/>.</param>
    /// <param name="at">Now.</param>
    public SystemNoticeRequested OfSystem(NoticeSubject subject, string type, Organization organization, string urgency, DateTimeOffset at) => new()
    {
        NoticeId = Guid.CreateVersion7(at),
        Organization = organization,
        Type = type,
        Source = service,
        Subject = subject.Id,
        SubjectKind = subject.Kind,
        Link = address?.Invoke() + subject.Path,
        Urgency = urgency,
        At = at,
    };
}

/// <summary>What a notice is about.</summary>
/// <param name="Kind">One of <see cref="Contracts.Codes.SubjectKinds"/>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Path">Where it can be read at the service that asks; whoever gets the notice may.</param>
public sealed record NoticeSubject([CodeOf(typeof(Contracts.Codes.SubjectKinds))] string Kind, Guid Id, string Path);
