using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// Whether callers are asked for a certificate when they connect: <c>Authentication:ClientCertificates</c> = <c>None</c>, <c>Allow</c> or <c>Require</c> (then
/// also at the health endpoints). Which certificate it must be says the token; who signed it is of no account (RFC 8705, section 2.2 and 3), so it is not looked at.
/// </summary>
internal static class ClientCertificates
{
    public const string Setting = "Authentication:ClientCertificates";
    public const string None = "None";
    public const string Allow = "Allow";
    public const string Require = "Require";

    /// <summary>One of <see cref="None"/>, <see cref="Allow"/>, <see cref="Require"/>.</summary>
    public static string ModeOf(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => None,
        None or Allow or Require => configuration[Setting]!,
        _ => throw new StartRefusedException($"{Setting} must be {None}, {Allow} or {Require}."),
    };

    /// <summary>Asks for one where the setting says so.</summary>
    public static void Ask(HttpsConnectionAdapterOptions https, IConfiguration configuration)
    {
        if (ModeOf(configuration) is var mode && mode == None)
            return;
        https.ClientCertificateMode = mode == Require ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
        https.ClientCertificateValidation = (_, _, _) => true;
    }

    /// <summary>Kestrel asks for the setting only where it listens with TLS.</summary>
    internal sealed class SettingCheck(IConfiguration configuration) : IStartCheck
    {
        public void Check() => ModeOf(configuration);
    }
}
