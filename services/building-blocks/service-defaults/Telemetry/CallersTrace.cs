using System.Diagnostics;

namespace SafeHarbor.ServiceDefaults.Telemetry;

/// <summary>
/// Takes of a caller's trace context its ids alone (<c>traceparent</c>). <c>tracestate</c> and <c>baggage</c> are free text of the caller's, which would go on
/// into traces, messages and webhooks.
/// </summary>
internal sealed class CallersTrace : DistributedContextPropagator
{
    private const string Ids = "traceparent";
    private static readonly DistributedContextPropagator W3C = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields => [Ids];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        W3C.Inject(activity, carrier, (c, name, value) =>
        {
            if (name == Ids)
                setter?.Invoke(c, name, value);
        });

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        W3C.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
