using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using PorteOuverte.Platform.Data;
using Quartz;
using Quartz.Impl.AdoJobStore;

namespace PorteOuverte.Platform.Jobs;

public static class JobServices
{
    private const int JobsAtOnce = 4;

    /// <param name="texts">Marks the texts that hold its title, as <c>job_</c> and its name.</param>
    /// <param name="cron">When it begins by itself, in UTC (seconds first); null: when somebody asks.</param>
    public static IServiceCollection AddJob<TJob>(
        this IServiceCollection services,
        string name,
        Type texts,
        string? cron = null
    )
        where TJob : Job
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new JobKind(name, typeof(TJob), texts, cron));
    }

    public static IServiceCollection AddErrand<TErrand>(this IServiceCollection services, string name)
        where TErrand : class, IErrand => services.AddKeyedScoped<IErrand, TErrand>(name);

    /// <summary>The scheduler over the same database; it wakes what features ask for. Call it after the features.</summary>
    /// <param name="start">Whether this process does the work, or only asks for it.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, Database database, bool start)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(database);
        services.AddSingleton<TheScheduler>();
        services.AddScoped<Wakeups>();
        services.AddScoped<IInterceptor, WakeupScheduling>();
        services.AddScoped<JobQueue>();
        services.AddErrand<RunErrand>(RunErrand.Name);
        services.AddErrand<BeginErrand>(BeginErrand.Name);
        services.AddJob<PruneRuns>("prune-runs", typeof(JobText), "0 40 2 * * ?");
        JobKind[] recurring =
        [
            .. services.Select(s => s.ImplementationInstance).OfType<JobKind>().Where(k => k.Cron is not null),
        ];
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "porte";
                scheduler.GenerateInstanceId = true;
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(10);
                // A node that stops asks its jobs to stop too, and hands them back.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(JobsAtOnce);
            quartz.UsePersistentStore(store =>
            {
                if (database.IsSqlite)
                {
                    // Its delegate for SQLite would insist on a gate of its own (see SqliteIsTheLock); the two dialects agree in all it writes.
                    store.UseDriverDelegate<PostgreSQLDelegate>();
                    store.UseLockHandler<SqliteIsTheLock>();
                    store.UseSqlite(SqliteFactory.Instance, database.ConnectionString);
                }
                else
                {
                    store.UsePostgres(database.ConnectionString);
                    store.UseClustering(cluster =>
                    {
                        cluster.CheckinInterval = TimeSpan.FromSeconds(5);
                        cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(10);
                    });
                }
                store.ConfigureStore(options =>
                {
                    options.StoreJobDataAsStrings = true;
                    options.AcceptEnlistedTransactions = true;
                    options.RecoverFiringsCancelledByShutdown = true;
                    // The tables come with ours (Schema): the application's role may not create any.
                    options.SchemaProvisioning = SchemaProvisioning.None;
                });
            });
            foreach (var kind in recurring)
            {
                var key = new JobKey(kind.Name, BeginErrand.Name);
                quartz.AddJob<Wake>(job =>
                    job.WithIdentity(key).UsingJobData(Wake.Argument, kind.Name).StoreDurably().RequestRecovery()
                );
                quartz.AddTrigger<Wake>(trigger =>
                    trigger
                        .WithIdentity(key.Name, key.Group)
                        .ForJob(key)
                        .WithCronSchedule(
                            kind.Cron!,
                            cron =>
                                cron.InTimeZone(TimeZoneInfo.Utc)
                                    .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)
                        )
                );
            }
        });
        if (start)
        {
            services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        }
        return services;
    }
}
