using System.Runtime.InteropServices;

namespace PorteOuverte.Analytics;

/// <summary>An open-addressing table of distinct (x, t_x, T) with their number of clients.</summary>
internal sealed class Collapse
{
    private Row[] _rows;
    private int[] _table;
    private int _mask;

    public Collapse(int expected)
    {
        // Few rows stay distinct in large samples: start small, grow by doubling.
        var size = 1024;
        while (size < Math.Min(expected, 1 << 16) * 2)
            size *= 2;
        (_rows, _table, _mask) = (new Row[size / 2], new int[size], size - 1);
    }

    public int Count { get; private set; }

    public double LogGaps { get; set; }

    public void Add(int x, double last, double age, double weight)
    {
        var place = Hash(x, last, age) & _mask;
        while (true)
        {
            var index = _table[place] - 1;
            if (index < 0)
                break;
            ref var row = ref _rows[index];
            if (row.X == x && row.Last == last && row.Age == age)
            {
                row.Weight += weight;
                return;
            }
            place = (place + 1) & _mask;
        }
        if (Count == _rows.Length)
        {
            Grow();
            Add(x, last, age, weight);
            return;
        }
        _rows[Count] = new(x, last, age, weight);
        _table[place] = ++Count;
    }

    public void CopyTo(double[] x, double[] last, double[] age, double[] weight)
    {
        for (var i = 0; i < Count; i++)
            (x[i], last[i], age[i], weight[i]) = (
                _rows[i].X,
                _rows[i].Last,
                _rows[i].Age,
                _rows[i].Weight
            );
    }

    private void Grow()
    {
        Array.Resize(ref _rows, _rows.Length * 2);
        _table = new int[_table.Length * 2];
        _mask = _table.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var place = Hash(_rows[i].X, _rows[i].Last, _rows[i].Age) & _mask;
            while (_table[place] != 0)
                place = (place + 1) & _mask;
            _table[place] = i + 1;
        }
    }

    private static int Hash(int x, double last, double age)
    {
        var bits = BitConverter.DoubleToUInt64Bits(last + 0.0) * 0x9E37_79B9_7F4A_7C15UL;
        bits =
            (bits ^ (bits >> 29) ^ BitConverter.DoubleToUInt64Bits(age)) * 0xBF58_476D_1CE4_E5B9UL;
        bits = (bits ^ (bits >> 32) ^ (uint)x) * 0x94D0_49BB_1331_11EBUL;
        return (int)(bits >> 33);
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Row(int X, double Last, double Age, double Weight);
}
