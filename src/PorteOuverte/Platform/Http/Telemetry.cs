using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PorteOuverte.Platform.Http;

/// <summary>Traces and measures, where somebody collects them.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, ServerSettings settings)
    {
        if (settings.Otlp is { } endpoint)
        {
            services.AddHostedService(_ => new Exporting(endpoint));
        }
    }

    private sealed class Exporting(Uri endpoint) : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? measures;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder
                .CreateDefault()
                .AddService("porte", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3));
            traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("Microsoft.AspNetCore", "Npgsql", "Quartz")
                .AddOtlpExporter(options => Send(options, "v1/traces"))
                .Build();
            measures = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(
                    "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel",
                    "Npgsql",
                    "System.Runtime"
                )
                .AddOtlpExporter(options => Send(options, "v1/metrics"))
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces?.ForceFlush(5_000);
            measures?.ForceFlush(5_000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            traces?.Dispose();
            measures?.Dispose();
        }

        // HTTP, which passes every proxy; gRPC would need HTTP/2 without TLS on the way to a collector next door.
        private void Send(OtlpExporterOptions options, string path)
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.Endpoint = new Uri(endpoint.ToString().TrimEnd('/') + "/" + path);
        }
    }
}
