using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class UpVerbTests
{
    [Theory]
    [InlineData("http", false, "Already up; './safeharbor down' ends it.")]
    [InlineData("https", true, "Already up, on TLS; './safeharbor down' ends it.")]
    [InlineData("http", true, "Already up, but without TLS. './safeharbor down', then './safeharbor up --tls'")]
    [InlineData("https", false, "Already up, but on TLS: it takes no plain connection. './safeharbor down', then './safeharbor up'")]
    public void What_is_up_is_told_with_what_to_do_when_it_is_not_what_was_asked_for(string scheme, bool tls, string told)
    {
        var service = new InstallationRecord.Service("intake", new Uri($"{scheme}://127.0.0.1:1"), RecordedProcess.Of(Environment.ProcessId));

        UpVerb.AlreadyUp(new("host", [service]), tls, sandbox: false).ShouldStartWith(told);
    }

    [Theory]
    [InlineData(true, true, "Already up; './safeharbor down' ends it.")]
    [InlineData(true, false, "Already up, but as a sandbox.")]
    [InlineData(false, true, "Already up, but as no sandbox.")]
    public void A_sandbox_is_no_other_installation(bool isSandbox, bool asked, string told) =>
        UpVerb.AlreadyUp(new("host", [], isSandbox), tls: false, asked).ShouldStartWith(told);
}
