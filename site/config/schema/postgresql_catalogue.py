"""What PostgreSQL's catalogue says of one schema: more than `postgresql.py` writes, so that what it leaves out is seen.

Each query gives (name, everything else) of one kind of object, all of it by name, since numbers (oid) differ.
"""

from config.schema.postgresql import HERE, NOT_BY_EXTENSION, SCHEMA

# what came with an extension; which ones a server has is its own affair
MEMBER = "(SELECT FROM pg_depend e WHERE e.objid = {}.oid AND e.deptype = 'e')"

QUERIES = {
    "relation": f"""
        SELECT c.relname, row(c.relkind, c.relpersistence, c.reloptions, m.amname, c.relrowsecurity, c.relreplident,
            c.relhasrules, c.relispartition, c.reltablespace, c.relacl)
        FROM pg_class c LEFT JOIN pg_am m ON m.oid = c.relam WHERE {HERE} AND {NOT_BY_EXTENSION}""",
    # columns that were dropped leave a gap in attnum
    "column": f"""
        SELECT c.relname || '.' || a.attname, row(row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum),
            format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attstorage,
            a.attcompression, a.attcollation::regcollation, a.attacl, pg_get_expr(d.adbin, d.adrelid),
            -- a server may stamp others of its own
            ARRAY(SELECT o FROM unnest(a.attoptions) AS o WHERE o LIKE 'n_distinct%' ORDER BY o))
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE {HERE} AND c.relkind <> 'i' AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": f"""
        SELECT o.conrelid::regclass || ' ' || o.conname, row(pg_get_constraintdef(o.oid), o.contype, o.condeferrable,
            o.condeferred, o.convalidated, o.conislocal, o.connoinherit, o.conindid::regclass)
        FROM pg_constraint o WHERE o.connamespace = {SCHEMA}""",
    "index": f"""
        SELECT c.relname, row(pg_get_indexdef(i.indexrelid), i.indisunique, i.indisprimary, i.indisexclusion,
            i.indimmediate, i.indisclustered, i.indisvalid, i.indisready, i.indisreplident)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE {HERE} AND {NOT_BY_EXTENSION}""",
    "sequence": f"""
        SELECT c.relname, row(format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache,
            s.seqcycle, pg_sequence_last_value(c.oid), p.refobjid::regclass, a.attname, p.deptype)
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
        LEFT JOIN pg_depend p ON p.classid = 'pg_class'::regclass AND p.objid = c.oid AND p.refobjsubid > 0
        LEFT JOIN pg_attribute a ON a.attrelid = p.refobjid AND a.attnum = p.refobjsubid
        WHERE {HERE}""",
    "trigger": f"""
        SELECT c.relname || ' ' || t.tgname, row(pg_get_triggerdef(t.oid), t.tgenabled)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE {HERE} AND NOT t.tgisinternal""",
    "rule": f"""
        SELECT c.relname || ' ' || r.rulename, row(pg_get_ruledef(r.oid), r.ev_enabled)
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE {HERE}""",
    "policy": f"""
        SELECT c.relname || ' ' || p.polname, row(p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid))
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE {HERE}""",
    "function": f"""
        SELECT f.oid::regprocedure::text, row(f.prokind, f.prosrc, f.provolatile, f.prosecdef, f.proisstrict,
            f.proconfig, pg_get_function_result(f.oid), (SELECT lanname FROM pg_language l WHERE l.oid = f.prolang))
        FROM pg_proc f WHERE f.pronamespace = {SCHEMA} AND NOT EXISTS {MEMBER.format("f")}""",
    # tables and arrays have a type each, which says nothing more
    "type": f"""
        SELECT t.typname, row(t.typtype, t.typcategory, format_type(t.typbasetype, t.typtypmod), t.typnotnull,
            (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
        FROM pg_type t WHERE t.typnamespace = {SCHEMA} AND t.typrelid = 0 AND t.typelem = 0
            AND NOT EXISTS {MEMBER.format("t")}""",
    "statistics": f"""
        SELECT s.stxname, pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s WHERE s.stxnamespace = {SCHEMA}""",
    "extension": """
        SELECT e.extname, row(e.extversion, e.extnamespace::regnamespace) FROM pg_extension e
        WHERE e.extname <> 'pg_trgm'""",
    "schema": "SELECT n.nspname, n.nspacl FROM pg_namespace n WHERE n.nspname !~ '^pg_'",
    "comment": f"""
        SELECT c.relname || '.' || d.objsubid, d.description FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
        WHERE d.classoid = 'pg_class'::regclass AND {HERE}""",
    "text search": f"SELECT t.cfgname, t.cfgparser FROM pg_ts_config t WHERE t.cfgnamespace = {SCHEMA}",
}


def catalogue(connection) -> dict[str, str]:
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for kind, query in QUERIES.items():
            cursor.execute(f"SELECT name::text, rest::text FROM ({query}) AS of_kind (name, rest)")
            found |= {f"{kind} {name}": str(rest) for name, rest in cursor.fetchall()}
    return found
