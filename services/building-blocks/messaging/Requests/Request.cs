using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Messaging.Requests;

/// <summary>
/// A request as its handler answers it: the unit of work in which its effects commit, and what the ledger is told of it. A handler takes it as a parameter.
/// What the endpoint declares happens by itself: an answer with success is on the ledger before it is given, in the transaction of its effects where there
/// are some, and so is the answer under the request's <c>Idempotency-Key</c>.
/// </summary>
public sealed class Request
{
    private readonly HttpContext _http;
    private readonly LedgerEntry? _entry;
    private bool _isRecorded;

    private Request(HttpContext http)
    {
        _http = http;
        Caller = Caller.From(http.User);
        if (Metadata<LedgerDeclaration>()?.Action is { } action)
            _entry = LedgerEntry.By(Caller, action, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
    }

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>Rows, messages and timers that <see cref="CommitAsync"/> commits.</summary>
    public UnitOfWork Unit { get; private set; } = new();

    /// <summary>
    /// What the request is about, for telling the same request from another one under its key; the bound body when it is not set. Where a hash of the body
    /// would tell too much, a keyed one.
    /// </summary>
    public byte[]? Fingerprint { get; set; }

    /// <summary>What of the body was ignored, because its sender prefers leniency; null when nothing was.</summary>
    public IReadOnlyList<ValidationError>? Warnings => IgnoredMembers.Of(_http);

    /// <summary>Says what the ledger's entry is about.</summary>
    /// <param name="about">An id, a code or a slug, beside a report.</param>
    /// <param name="report">The report.</param>
    /// <param name="facts">Codes, ids and numbers; an object that becomes JSON.</param>
    /// <param name="further">Sets what else the entry has members for.</param>
    public void Records(object? about = null, Guid? report = null, object? facts = null, Action<LedgerEntry>? further = null)
    {
        var entry = _entry ?? throw new InvalidOperationException("The endpoint declares RecordsNothing.");
        entry.Describe(about, report, facts);
        further?.Invoke(entry);
    }

    /// <summary>The ledger's entry, for a handler that commits it with its effects by another way than <see cref="CommitAsync"/>.</summary>
    public LedgerEntry TakeEntry()
    {
        _isRecorded = true;
        return _entry ?? throw new InvalidOperationException("The endpoint declares RecordsNothing.");
    }

    /// <summary>What was asked for had been done before, and is on the ledger since then.</summary>
    public void RecordsNothingNew() => _isRecorded = true;

    /// <summary>Commits <see cref="Unit"/>, the ledger's entry and, under an <c>Idempotency-Key</c>, the answer, in one transaction.</summary>
    /// <param name="answer">The answer, as it is given then.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>Null, or the name of the constraint that another transaction was first at; then nothing was written. When that was the same request under
    /// the same key, its answer is given whatever the handler returns.</returns>
    public async Task<string?> CommitAsync(IResult answer, CancellationToken cancellation)
    {
        if (_entry is not null && !_isRecorded)
            Unit.Add(_entry);
        if (Key is { } key)
            Unit.Add(await key.RememberAsync(answer, FingerprintOf(key), cancellation));
        var constraint = await Service<UnitStore>().CommitAsync(Unit, cancellation);
        _isRecorded |= constraint is null;
        return constraint;
    }

    /// <summary>
    /// Commits <see cref="Unit"/> and the ledger's entry with what the open transaction of <paramref name="db"/> has changed: for an update that holds only when nobody
    /// else was first at it. Not for an endpoint that takes an <c>Idempotency-Key</c>.
    /// </summary>
    public async Task CommitWithAsync(DbContext db, CancellationToken cancellation)
    {
        if (_entry is not null && !_isRecorded)
            Unit.Add(_entry);
        await Service<UnitStore>().CommitWithAsync(Unit, db, cancellation);
        _isRecorded = true;
    }

    /// <summary>Begins anew, after a commit that another transaction was first at.</summary>
    public void Begin() => Unit = new();

    /// <summary>Keeps another answer under the request's key than the one that was committed, because more is known by now.</summary>
    public async Task AnswerInsteadAsync(IResult answer, CancellationToken cancellation)
    {
        if (Key is not { } key)
            return;
        var unit = new UnitOfWork();
        unit.Put(await key.RememberAsync(answer, FingerprintOf(key), cancellation));
        await Service<UnitStore>().CommitAsync(unit, cancellation);
    }

    /// <summary>What to tell whoever asks for what has been let go of: where it is now.</summary>
    /// <param name="what">The thing's name, such as <c>handoff</c>.</param>
    /// <param name="kept">The saga.</param>
    /// <param name="cancellation">Cancels.</param>
    public Task<string> WhereaboutsAsync(string what, IKept kept, CancellationToken cancellation) => Service<Keepers>().WhereaboutsAsync(what, kept, cancellation);

    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<Request?> BindAsync(HttpContext context) => ValueTask.FromResult<Request?>(Of(context));

    internal static Request Of(HttpContext context)
    {
        if (context.Features.Get<Request>() is { } known)
            return known;
        var request = new Request(context);
        context.Features.Set(request);
        return request;
    }

    /// <summary>The request's idempotency key; null when it has none, or its endpoint takes none.</summary>
    internal RequestKey? Key { get; set; }

    internal byte[] FingerprintOf(RequestKey key) => Fingerprint ??= key.HashOfBody();

    /// <summary>Commits the ledger's entry when nothing has yet.</summary>
    internal async Task RecordAsync(CancellationToken cancellation)
    {
        if (_entry is null || _isRecorded)
            return;
        _isRecorded = true;
        await Service<UnitStore>().RecordAsync(_entry, cancellation);
    }

    internal T? Metadata<T>() where T : class => _http.GetEndpoint()?.Metadata.GetMetadata<T>();

    private T Service<T>() where T : notnull => _http.RequestServices.GetRequiredService<T>();
}
