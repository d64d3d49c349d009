using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Intake.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

/// <summary>One running service for the tests of a class.</summary>
public sealed class RunningIntake : IAsyncLifetime
{
    public TestIntake Intake { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Intake = await TestIntake.StartAsync();

    public ValueTask DisposeAsync() => Intake.DisposeAsync();
}

public sealed class ReportingTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task The_migrated_database_is_what_the_model_says()
    {
        using var scope = _intake.Services.CreateScope();
        var differences = await SchemaCheck.DifferencesAsync(scope.ServiceProvider.GetRequiredService<IntakeDb>(), _intake.Database.ConnectionString,
            TestContext.Current.CancellationToken);

        differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_is_answered_with_a_receipt_and_comes_back_on_its_timeline()
    {
        var created = await _intake.PostAsync(Sample.Encounter("26-RECEIPT"));

        created.Status.ShouldBe(201, created.Body);
        created.Headers["Location"].ShouldBe($"/v1/encounters/{created.EncounterId}");
        var receipt = created.Json;
        receipt["status"]!.GetValue<string>().ShouldBe("RECEIVED");
        receipt["incidentNumber"]!.GetValue<string>().ShouldBe("26-RECEIPT");
        receipt["telephoneReport"]!["required"]!.GetValue<bool>().ShouldBeTrue();
        receipt["telephoneReport"]!["notice"]!.GetValue<string>().ShouldContain("does not replace the telephone report (PC 11166(a))");
        receipt["reports"]!.AsArray().Count.ShouldBe(1);
        receipt["reports"]![0]!["needs"]!.AsArray().Select(n => $"{n!["type"]} {n["state"]}").ShouldBe(["ADVOCATE OPEN", "LEGAL OPEN"]);
        receipt["clocks"]!.AsArray().Select(c => $"{c!["rule"]} {c["citation"]}").ShouldBe(["TELEPHONE_REPORT PC 11166(a)", "WRITTEN_REPORT PC 11166(a)"]);
        receipt["links"]!.AsArray().ShouldBeEmpty();

        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 1, "the event comes back");
        var read = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");
        var line = read.Json["timeline"]!.AsArray().ShouldHaveSingleItem()!;
        line["type"]!.GetValue<string>().ShouldBe("encounter.reported.v1");
        line["data"]!["urgency"]!.GetValue<string>().ShouldBe("IMMEDIATE");
        read.Json["next"]!.GetValue<long>().ShouldBe(line["sequence"]!.GetValue<long>());
    }
}
