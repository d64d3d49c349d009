namespace SafeHarbor.Local.Tls;

/// <summary>A certificate and its private key, each a PEM file of its own.</summary>
public sealed record CertificateFiles(string Certificate, string Key);
