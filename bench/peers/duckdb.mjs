// The peer of the reader: DuckDB sums debits and credits per client of the 411 accounts, with two threads.
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`
  select CompAuxNum,
         sum(cast(replace(Debit, ',', '.') as decimal(18, 2))) as debit,
         sum(cast(replace(Credit, ',', '.') as decimal(18, 2))) as credit
  from read_csv('${process.argv[2]}', delim = '\t', header = true, all_varchar = true, quote = '')
  where CompteNum like '411%'
  group by CompAuxNum`);
console.log(reader.currentRowCount);
