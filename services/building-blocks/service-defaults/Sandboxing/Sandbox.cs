using System.Text.RegularExpressions;

namespace SafeHarbor.ServiceDefaults.Sandboxing;

/// <summary>
/// Whether this installation is a sandbox: where vendors try their integrations, and every report is a test. The whole installation is one or is none, by
/// the setting <c>Sandbox</c> of its services; no request can say so, and what its databases hold stays what it is.
/// </summary>
/// <param name="IsOn">It is a sandbox.</param>
public sealed partial record Sandbox(bool IsOn)
{
    /// <summary>The setting.</summary>
    public const string Setting = "Sandbox";

    /// <summary>The header of every answer of a sandbox: <c>Sandbox: true</c>.</summary>
    public const string Header = "Sandbox";

    /// <summary>The attribute by which telemetry of a sandbox is told apart.</summary>
    public const string Attribute = "safeharbor.sandbox";

    /// <summary>A telephone number as it may be shown here: in a sandbox one of the block 555-01xx, which reaches nobody, because a tester might call.</summary>
    public string Phone(string phone)
    {
        if (!IsOn || Fictional().IsMatch(phone))
            return phone;
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        var local = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        var area = local.Length == 10 ? local[..3] + "-" : "";
        return $"{area}555-01{digits[^2..]}";
    }

    // With an area code before it, and nothing after it.
    [GeneratedRegex(@"\A(\+?1[ .-]?)?(\(?[0-9]{3}\)?[ .-]?)?555[ .-]?01[0-9]{2}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Fictional();
}
