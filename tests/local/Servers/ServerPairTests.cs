using Npgsql;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class ServerPairTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_caller_finds_what_runs_and_stopping_by_record_ends_it()
    {
        var home = Home();
        var started = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);

        var recorded = FoundServer.Read(home.RecordOf(ServerHome.Postgres)).ShouldNotBeNull();
        recorded.Connection.ShouldBe(started.Connection);
        recorded.IsRunning.ShouldBeTrue();

        await ServerPair.StopRecordedAsync(home, wipe: true);
        recorded.IsRunning.ShouldBeFalse();
        Directory.Exists(home.Directory).ShouldBeFalse();
    }

    [Fact]
    public async Task Data_outlives_a_stop_without_wipe()
    {
        var home = Home();
        try
        {
            var first = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);
            await Database.CreateAsync(first.Connection, "kept", Cancelled);
            await ServerPair.StopRecordedAsync(home, wipe: false);
            (await Database.AnswersAsync(first.Connection, Cancelled)).ShouldBeFalse();

            var second = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);
            var kept = new NpgsqlConnectionStringBuilder(second.Connection) { Database = "kept" }.ConnectionString;
            (await Database.AnswersAsync(kept, Cancelled)).ShouldBeTrue();
        }
        finally
        {
            await ServerPair.StopRecordedAsync(home, wipe: true);
        }
    }

    [Fact]
    public async Task A_services_role_enters_its_own_database_and_none_that_every_server_has()
    {
        var home = Home();
        try
        {
            var server = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);
            var roles = await Database.CreateAsync(server.Connection, "own", Cancelled);

            (await Database.AnswersAsync(roles.Service, Cancelled)).ShouldBeTrue();
            foreach (var role in new[] { roles.Service, roles.Owner })
                foreach (var name in new[] { "postgres", "template1" })
                    (await Database.AnswersAsync(new NpgsqlConnectionStringBuilder(role) { Database = name }.ConnectionString, Cancelled)).ShouldBeFalse(name);
        }
        finally
        {
            await ServerPair.StopRecordedAsync(home, wipe: true);
        }
    }

    [Fact]
    public async Task Servers_that_somebody_has_started_again_by_hand_are_found_on_their_new_port_and_stopped_like_others()
    {
        var home = Home();
        try
        {
            var postgres = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);
            var rabbitMq = await PrivateRabbitMq.StartAsync(PrivateRabbitMq.FindProgram()!, home, Cancelled);
            await postgres.StopAsync(wipe: false);
            await rabbitMq.StopAsync(wipe: false);
            (await home.KnownAsync(ServerHome.Postgres, Cancelled)).ShouldNotBeNull().IsRunning.ShouldBeFalse();

            // As an operator does: PostgreSQL on another port, RabbitMQ by its script; its port mapper comes by itself.
            var (directory, port) = (postgres.Directories[0], FreePort.Choose(1)[0]);
            await File.WriteAllTextAsync(Path.Combine(home.Directory, "by-hand.log"), "", Cancelled);
            var byHand = ServiceUser.Choose("postgres", "nobody").Command(Path.Combine(PrivatePostgres.FindPrograms()!, "pg_ctl"), "-D", Path.Combine(directory, "data"),
                "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", "-l", Path.Combine(directory, "by-hand.log"), "-w", "start");
            (await Executables.RunAsync(byHand, Cancelled, workingDirectory: directory)).Succeeded.ShouldBeTrue();
            var node = rabbitMq.Launch!.Start();
            await rabbitMq.Launch.WaitUntilReadyAsync(node, Cancelled);

            if (!(await TestServers.Servers.GetAsync(Cancelled)).IsShared)
                (await ServerPair.FindRunningAsync(home, Cancelled)).ShouldNotBeNull().Postgres.ShouldContain($"Port={port}");
            var found = (await home.KnownAsync(ServerHome.Postgres, Cancelled)).ShouldNotBeNull();
            (found.IsRunning, (await Database.AnswersAsync(found.Connection, Cancelled))).ShouldBe((true, true));
            (await home.KnownAsync(ServerHome.RabbitMq, Cancelled)).ShouldNotBeNull().Processes.ShouldContain(process => process.Pid == node.Pid);

            await ServerPair.StopRecordedAsync(home, wipe: false);
            (await Database.AnswersAsync(found.Connection, Cancelled)).ShouldBeFalse();
            node.IsRunning.ShouldBeFalse();
        }
        finally
        {
            await ServerPair.StopRecordedAsync(home, wipe: true);
        }
    }

    [Fact]
    public async Task Nobodys_port_in_a_file_that_was_left_behind_is_taken_for_the_server()
    {
        var (home, other) = (Home(), Home());
        try
        {
            var left = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);
            var runs = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, other, Cancelled);
            await left.StopAsync(wipe: false);
            // Another server that even takes the same password.
            var file = Path.Combine(runs.Directories[0], "data", "postmaster.pid");
            File.Copy(file, Path.Combine(left.Directories[0], "data", "postmaster.pid"), overwrite: true);
            home.Record(ServerHome.Postgres, left with { Connection = runs.Connection });

            (await home.KnownAsync(ServerHome.Postgres, Cancelled)).ShouldNotBeNull().IsRunning.ShouldBeFalse();
            runs.IsRunning.ShouldBeTrue();
        }
        finally
        {
            await ServerPair.StopRecordedAsync(home, wipe: true);
            await ServerPair.StopRecordedAsync(other, wipe: true);
        }
    }

    private static ServerHome Home() => ServerHome.ForTests(Checkout.Find());
}
