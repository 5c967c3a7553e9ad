namespace PorteOuverte.Analytics;

/// <summary>Counts concordant pairs with a binary indexed tree over the ranks of the risks.</summary>
internal static class ConcordanceCount
{
    public static double Of(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> ended,
        ReadOnlySpan<double> risks
    )
    {
        var n = times.Length;
        var (keys, order, rank) = (new ulong[n], new int[n], new int[n]);
        for (var i = 0; i < n; i++)
            (keys[i], order[i]) = (RadixSort.Key(risks[i]), i);
        RadixSort.Sort(keys, n, order);
        var ranks = 0;
        for (var i = 0; i < n; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
                ranks++;
            rank[order[i]] = ranks;
        }

        for (var i = 0; i < n; i++)
            (keys[i], order[i]) = (~RadixSort.Key(times[i]), i);
        RadixSort.Sort(keys, n, order);
        var tree = new int[ranks + 1];
        long pairs = 0,
            concordant = 0,
            tied = 0;
        var inTree = 0;
        for (int start = 0, end; start < n; start = end)
        {
            for (end = start; end < n && keys[end] == keys[start]; end++)
                if (!ended[order[end]])
                    Add(rank[order[end]]);
            // Later durations, and those still running at this one, outlived the endings of this time.
            for (var i = start; i < end; i++)
            {
                if (!ended[order[i]])
                    continue;
                var below = Below(rank[order[i]] - 1);
                pairs += inTree;
                concordant += below;
                tied += Below(rank[order[i]]) - below;
            }
            for (var i = start; i < end; i++)
                if (ended[order[i]])
                    Add(rank[order[i]]);
        }
        return pairs == 0 ? 0.5 : (concordant + tied / 2.0) / pairs;

        void Add(int place)
        {
            inTree++;
            for (; place < tree.Length; place += place & -place)
                tree[place]++;
        }

        int Below(int place)
        {
            var sum = 0;
            for (; place > 0; place -= place & -place)
                sum += tree[place];
            return sum;
        }
    }
}
