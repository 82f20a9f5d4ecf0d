# SPDX-License-Identifier: GPL-3.0-or-later
"""Medians of the runs, as Markdown."""

from statistics import median

MEASURES = ('wall', 'processor', 'memory')
NO_PEERS = ('limit', 'skein-get')
UNITS = {'wall': 's', 'processor': 's', 'memory': 'MB'}

HEAD = """<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
# Results of the benchmark

Made by `build-aux/bench.sh`, which writes this file anew from all rows run so far. Medians; the programs take turns, and
one round before is not counted. *Limit* is a bare `recv`/`pwrite` loop that knows all beforehand (sizes, rates), syncs
nothing and renames nothing. *Processor* is user and system time of the program alone. *Others* says how busy programs
that are no part of the benchmark kept the machine meanwhile, in parts of all its cores: above 10 % wall times
are not to be trusted. Every result is compared with what was served. Over TLS the peers are given the
one certificate to trust; skein-get loads the system's whole list, as for everybody.
"""


class Summary:
    """The medians of one program in one row."""

    def __init__(self, runs):
        good = [run for run in runs if run['right']]
        self.wrong = len(runs) - len(good)
        self.runs = len(runs)
        self.values = {measure: median(run[measure] for run in good) for measure in MEASURES} if good else None
        self.wall_range = (min(run['wall'] for run in good), max(run['wall'] for run in good)) if good else None
        self.others = median(run['others'] for run in good) if good else 0


def summarise(record):
    return {program: Summary(runs) for program, runs in record['runs'].items()}


def best_of(summaries, measure):
    values = [summary.values[measure] for program, summary in summaries.items()
              if program not in NO_PEERS and summary.values]
    return min(values) if values else None


def base_of(summaries, of, measure):
    if of == 'best':
        return best_of(summaries, measure)
    return summaries[of].values[measure] if of in summaries and summaries[of].values else None


def ratio(value, base):
    return f'{value / base:.2f}' if base else '–'


def number(value):
    return f'{value:.3f}' if value < 1 else f'{value:.2f}'


def line(program, summary, summaries):
    name = {'limit': 'limit', 'skein-get': '**skein-get**'}.get(program, program)
    if not summary.values:
        return f'| {name} | failed | | | | | | | |'
    wall, processor, memory = (summary.values[measure] for measure in MEASURES)
    note = f' ({summary.wrong} of {summary.runs} wrong)' if summary.wrong else ''
    return (f'| {name}{note} | {number(wall)} | {number(summary.wall_range[0])}–{number(summary.wall_range[1])} '
            f'| {number(processor)} | {memory:.1f} '
            f"| {ratio(wall, base_of(summaries, 'limit', 'wall'))} "
            f"| {ratio(processor, base_of(summaries, 'limit', 'processor'))} "
            f"| {ratio(wall, best_of(summaries, 'wall'))} "
            f"| {ratio(processor, best_of(summaries, 'processor'))} |")


def verdict(goal, summaries):
    skein = summaries['skein-get']
    base = base_of(summaries, goal.of, goal.measure) if goal.of else 1
    if not skein.values or not base:
        return None
    value = skein.values[goal.measure]
    of = {'best': 'the best peer', 'limit': 'the limit'}.get(goal.of, goal.of)
    wanted = f'{goal.factor:g} × {of}' if goal.of else f'{goal.factor:.3g} {UNITS[goal.measure]}'
    got = ratio(value, base) if goal.of else number(value)
    return f"- {goal.measure} ≤ {wanted}: {'reached' if value <= goal.factor * base else '**missed**'} ({got})"


def section(row, record):
    """One row of the benchmark on one kind of folder."""
    summaries = summarise(record)
    others = max(summary.others for summary in summaries.values())
    lines = [f"## {row.name}, {record['target']}", '', f'{row.title}.', '',
             '| program | wall, s | from–to | processor, s | memory, MB | wall ÷ limit | processor ÷ limit '
             '| wall ÷ best peer | processor ÷ best peer |',
             '| --- ' + '| ---: ' * 8 + '|']
    lines += [line(program, summary, summaries) for program, summary in summaries.items()]
    goals = [text for text in (verdict(goal, summaries) for goal in row.goals) if text]
    if goals and record['target'] == 'tmpfs':
        lines += ['', *goals]
    lines += ['', f"{record['date']}; {max(summary.runs for summary in summaries.values())} runs each; "
                  f"others {others:.0%}; {record['machine']}; {record['versions']}."]
    return '\n'.join(lines)


def document(rows, records):
    """The whole file, from the records of all rows and targets."""
    parts = [section(row, record) for row in rows for record in records if record['row'] == row.name]
    return HEAD + '\n' + '\n\n'.join(parts) + '\n'
