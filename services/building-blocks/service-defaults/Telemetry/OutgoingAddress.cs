using System.Diagnostics;
using OpenTelemetry;

namespace SafeHarbor.ServiceDefaults.Telemetry;

/// <summary>Cuts what follows the host from the address of outgoing requests: the paths of webhooks hold secrets and ids.</summary>
internal sealed class OutgoingAddress : BaseProcessor<Activity>
{
    private const string Full = "url.full";

    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Client && data.GetTagItem(Full) is string address)
            data.SetTag(Full, Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null);
    }
}
