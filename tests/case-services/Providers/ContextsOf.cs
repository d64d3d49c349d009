using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;

namespace SafeHarbor.CaseServices.Tests.Providers;

#pragma warning disable EF1001 // The options are the only place where a context that begins says which database it is for.

/// <summary>Counts the contexts of EF Core that are begun for one database, whoever else in this process works with others.</summary>
internal sealed class ContextsOf : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string? _database;
    private readonly List<IDisposable> _subscriptions = [];
    private int _begun;

    public ContextsOf(string connectionString)
    {
        _database = DatabaseOf(connectionString);
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Begun => _begun;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is ContextInitializedEventData begun && begun.ContextOptions.FindExtension<NpgsqlOptionsExtension>() is { } npgsql
            && DatabaseOf(npgsql.ConnectionString ?? npgsql.DataSource?.ConnectionString) == _database)
            Interlocked.Increment(ref _begun);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    private static string? DatabaseOf(string? connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database;
}
