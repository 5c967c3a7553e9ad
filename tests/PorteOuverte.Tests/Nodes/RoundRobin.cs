using System.Net;
using System.Net.Sockets;

namespace PorteOuverte.Tests.Nodes;

/// <summary>Stands before several nodes and gives each connection to the next one that takes it.</summary>
internal sealed class RoundRobin : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private int turn;

    public RoundRobin(params Uri[] nodes)
    {
        Nodes = nodes;
        listener.Start();
        accepting = Accept();
    }

    /// <summary>Where the nodes are; a node that comes back is at a new place.</summary>
    public Uri[] Nodes { get; }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Serve(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The end of the test.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        using (var node = await Next())
        {
            if (node is null)
            {
                return;
            }
            var there = client.GetStream().CopyToAsync(node.GetStream(), stop.Token);
            var back = node.GetStream().CopyToAsync(client.GetStream(), stop.Token);
            try
            {
                await await Task.WhenAny(there, back);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // A node was killed: its client sees the connection break, as it would behind any proxy.
            }
        }
    }

    private async Task<TcpClient?> Next()
    {
        for (var tries = 0; tries < Nodes.Length; tries++)
        {
            var url = Nodes[(int)((uint)Interlocked.Increment(ref turn) % Nodes.Length)];
            var node = new TcpClient();
            try
            {
                await node.ConnectAsync(IPAddress.Loopback, url.Port, stop.Token);
                return node;
            }
            catch (SocketException)
            {
                node.Dispose();
            }
        }
        return null;
    }
}
