using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PorteOuverte.Ledgers.Text;

/// <summary>Gives each distinct byte string a small number, in order of first sight.</summary>
internal sealed class ByteTable
{
    private struct Entry
    {
        public uint Hash;
        public int Offset;
        public int Length;
    }

    private byte[] bytes = new byte[1024];
    private int used;
    private Entry[] entries = new Entry[64];
    private int[] slots = new int[128];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int id] => bytes.AsSpan(entries[id].Offset, entries[id].Length);

    /// <summary>Returns the number of <paramref name="key"/>; a new one equals the former <see cref="Count"/>.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> key)
    {
        var hash = (uint)Hash(key);
        var mask = slots.Length - 1;
        for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            var id = slots[slot] - 1;
            if (id < 0)
            {
                return Add(key, hash, slot);
            }
            ref var entry = ref entries[id];
            if (entry.Hash == hash && key.SequenceEqual(bytes.AsSpan(entry.Offset, entry.Length)))
            {
                return id;
            }
        }
    }

    /// <summary>A 64-bit hash, the same in every process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ReadOnlySpan<byte> key, ulong seed = 0x9E3779B97F4A7C15)
    {
        var hash = seed ^ ((ulong)key.Length * 0xA0761D6478BD642F);
        while (key.Length >= 8)
        {
            hash = Mix(hash, MemoryMarshal.Read<ulong>(key));
            key = key[8..];
        }
        // Two overlapping reads cover what is left; the length, already mixed in, tells them apart.
        ulong tail = 0;
        if (key.Length >= 4)
        {
            tail = MemoryMarshal.Read<uint>(key) | ((ulong)MemoryMarshal.Read<uint>(key[^4..]) << 32);
        }
        else if (key.Length > 0)
        {
            tail = key[0] | ((ulong)key[key.Length / 2] << 8) | ((ulong)key[^1] << 16);
        }
        return Mix(hash, tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a ^ 0xE7037ED1A0B428DB, b ^ 0x8EBC6AF09C88C6E3, out var low);
        return high ^ low;
    }

    private int Add(ReadOnlySpan<byte> key, uint hash, int slot)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, Count * 2);
        }
        if (used + key.Length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + key.Length));
        }
        key.CopyTo(bytes.AsSpan(used));
        entries[Count] = new Entry
        {
            Hash = hash,
            Offset = used,
            Length = key.Length,
        };
        used += key.Length;
        slots[slot] = ++Count;
        if (Count * 2 > slots.Length)
        {
            Grow();
        }
        return Count - 1;
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        var mask = slots.Length - 1;
        for (var id = 0; id < Count; id++)
        {
            var slot = (int)entries[id].Hash & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }
            slots[slot] = id + 1;
        }
    }
}
