namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>The service's name as in <c>intake</c>.</summary>
internal sealed record ServiceName(string Text);
