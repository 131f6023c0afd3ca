#!/usr/bin/env python3
"""What is read from classes is what logilab registers when it imports them.

    logilab_imports.py PRINT_FOUND FOLDER [PACKAGES [SEED]]

Writes random packages of classes into a folder, has logilab.common.registry import them, and compares every registered
class (registry, oid, dotted path, predicate) with what PRINT_FOUND reads from the files. Packages that cannot be
imported (bases without an order, classes registered twice) are left out of the comparison.
"""
import json
import logging
import random
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

from logilab.common import registry as logilab

PREDICATES = """\
from logilab.common.registry import Predicate, objectify_predicate, yes


class is_instance(Predicate):
    def __init__(self, *types):
        self.arguments = types

    def __call__(self, *args, **kwargs):
        return 1


class match_kwargs(is_instance):
    pass


@objectify_predicate
def one_line(cls, *args, **kwargs):
    return 1


def plain(cls, *args, **kwargs):
    return 1


shared = is_instance('Shared') & ~one_line()
"""


class Module:
    """The text of one module, and the classes that later ones can see in it."""

    def __init__(self, rng, package, name, earlier):
        self.rng = rng
        self.name = name
        self.visible = []  # (how it is written, whether it has a select)
        self.own = []
        self.lines = ['from logilab.common.registry import RegistrableObject, AndPredicate',
                      'from logilab.common import registry as lgc',
                      f'from {package}.preds import *',
                      f'from {package}.preds import is_instance as isinst',
                      f'from {package} import preds',
                      "REGID = 'constant'",
                      "my_sel = isinst('Mine') | one_line()"]
        for module in earlier:
            self.import_from(package, module)

    def import_from(self, package, module):
        style = self.rng.randrange(5)
        if style == 0:
            self.lines.append(f'from . import {module.name}')
            written = module.name + '.{}'
        elif style == 1:
            self.lines.append(f'import {package}.{module.name} as as_{module.name}')
            written = f'as_{module.name}' + '.{}'
        elif style == 2:
            self.lines.append(f'import {package}.{module.name}')
            written = f'{package}.{module.name}.' + '{}'
        else:
            for name, has_select in module.own:
                alias = f'{name}_of_{module.name}'
                self.lines.append(f'from .{module.name} import {name} as {alias}')
                self.visible.append((alias, has_select))
            return
        self.visible += [(written.format(name), has_select) for name, has_select in module.own]

    def select(self, bases, depth=0):
        rng = self.rng
        if depth < 3 and rng.random() < 0.5:
            left, right = self.select(bases, depth + 1), self.select(bases, depth + 1)
            return rng.choice([f'({left} & {right})', f'({left} | {right})', f'~({left})',
                               f'{left} & {right}', f'AndPredicate({left}, {right}, plain)',
                               f'{left} & one_line'])
        atoms = ["is_instance('X')", "isinst('A', 'B')", 'one_line()', 'preds.one_line()', 'yes()', 'yes(2)',
                 'lgc.yes(score=3)', 'my_sel', 'preds.shared', 'match_kwargs(REGID, 3, None, True)']
        atoms += [f'{base}.__select__' for base, has_select in bases if has_select]
        return rng.choice(atoms)

    def add_class(self, number):
        rng = self.rng
        name = rng.choice(['', '', '', '', '_']) + f'C{number}'
        if self.own and rng.random() < 0.08:
            name = rng.choice(self.own)[0]  # takes the place of an earlier one
        bases = rng.sample(self.visible, min(len(self.visible), rng.choice([0, 1, 1, 1, 2])))
        written = [base for base, _ in bases]
        if not written or rng.random() < 0.1:
            written.append(rng.choice(['RegistrableObject', 'RegistrableObject', 'lgc.RegistrableObject', 'object']))
        indent = ''
        if rng.random() < 0.1:
            self.lines.append('if True:')
            indent = '    '
        self.lines.append(f"{indent}class {name}({', '.join(written)}):")
        has_select = any(has for _, has in bases)
        body = []
        if rng.random() < (0.4 if bases else 0.9):
            body.append('__regid__ = ' + rng.choice(["'a'", "'b'", "'c'", 'REGID', 'REGID', "''", 'None']))
        if rng.random() < (0.2 if bases else 0.9):
            body.append('__registry__ = ' + rng.choice(["'r1'", "'r2'", 'None', "'r1'", "'r2'"]))
        if rng.random() < 0.15:
            body.append('__registries__ = ' + rng.choice(["('r3', 'r1')", "['r4']", '()', "'text'"]))
        if rng.random() < 0.15:
            body.append('__abstract__ = True')
        if rng.random() < (0.5 if bases else 0.9):
            body.append('__select__ = ' + self.select(bases))
            has_select = True
            if rng.random() < 0.3:
                body.append(rng.choice(['__select__ = __select__ & ', '__select__ &= ', '__select__ |= ']) +
                            self.select(bases))
        if rng.random() < 0.1:
            body += ['class Inner(RegistrableObject):', "    __registry__ = 'r1'", "    __regid__ = 'inner'",
                     '    __select__ = yes()']
        self.lines += [f'{indent}    {line}' for line in body or ['pass']]
        self.own = [one for one in self.own if one[0] != name] + [(name, has_select)]
        self.visible = [one for one in self.visible if one[0] != name] + [(name, has_select)]
        if rng.random() < 0.07:
            self.lines.append(f"{name}.__regid__ = 'late'")
        if rng.random() < 0.07:
            self.lines.append(f'alias_{number} = {name}')
        if rng.random() < 0.04:
            self.lines.append(f'del {name}')
            self.own.pop()
            self.visible.pop()

    def add_callback(self):
        rng = self.rng
        names = [name for name, _ in self.own]
        but = rng.sample(names, min(len(names), rng.randrange(3)))
        self.lines.append('def registration_callback(vreg):')
        body = []
        if rng.random() < 0.7:
            values = rng.choice(['globals().values()', 'list(globals().values())'])
            body.append(f"vreg.register_all({values}, __name__, ({''.join(one + ', ' for one in but)}))")
        for one in but:
            condition = '' if rng.random() < 0.7 else 'if vreg is not None:\n        '
            body.append(condition + rng.choice([
                f'vreg.register({one})', f"vreg.register({one}, oid='given')", f"vreg.register({one}, 'r5')",
                f"vreg.register({one}, registryname='r5', oid='given', clear=True)"]))
        foreign = [written for written, _ in self.visible if written not in names]
        if foreign and rng.random() < 0.4:
            body.append(rng.choice(['vreg.unregister({})', 'vreg.register({}, oid="again")']).format(rng.choice(foreign)))
        self.lines += ['    ' + line for line in body or ['pass']]

    def text(self):
        return '\n'.join(self.lines) + '\n'


def write_package(rng, folder, package):
    (folder / package).mkdir()
    (folder / package / '__init__.py').write_text('')
    (folder / package / 'preds.py').write_text(PREDICATES)
    modules = []
    for number in range(rng.randrange(1, 4)):
        module = Module(rng, package, f'm{number}', modules)
        for each in range(rng.randrange(1, 7)):
            module.add_class(each)
        if rng.random() < 0.4:
            module.add_callback()
        (folder / package / f'm{number}.py').write_text(module.text())
        modules.append(module)
    return [f'{package}.{module.name}' for module in modules]


def printed(select):
    """The text that reg has for a predicate of logilab's."""
    if isinstance(select, type):
        select = select()
    if isinstance(select, logilab.AndPredicate):
        return ' & '.join(f'({printed(one)})' if isinstance(one, logilab.OrPredicate) else printed(one)
                          for one in select.selectors)
    if isinstance(select, logilab.OrPredicate):
        return ' | '.join(printed(one) for one in select.selectors)
    if isinstance(select, logilab.NotPredicate):
        inner = printed(select.selector)
        return f'~({inner})' if isinstance(select.selector, logilab.MultiPredicate) else '~' + inner
    if isinstance(select, logilab.yes):
        return 'yes()' if select.score == 0.5 else f'yes({select.score})'
    arguments = ', '.join(json.dumps(one) for one in getattr(select, 'arguments', ()))
    return f'{type(select).__name__}({arguments})'


def imported(modules):
    """What logilab registers; None: it cannot."""
    store = logilab.RegistryStore()
    try:
        store.register_modnames(modules)
    except (AssertionError, AttributeError, ImportError, TypeError, logilab.RegistryException):
        return None
    return sorted((name, oid, f'{one.__module__}.{one.__qualname__}', printed(one.__select__))
                  for name, registry in store.items() for oid, objects in registry.items() for one in objects)


def read(files):
    """What the files of one package come to, in their order."""
    symbols, unregistered = [], set()
    for found in files:
        for one in found['symbols']:
            for registry in dict.fromkeys(one['registries']):
                if one['clear']:
                    symbols = [each for each in symbols if each[:2] != (registry, one['oid'])]
                symbols.append((registry, one['oid'], one['target'], one['select']))
        unregistered |= {tuple(each) for each in found['unregistered']}
    return sorted(one for one in symbols if one[:3] not in unregistered)


def main(program, folder, packages='400', seed='1'):
    warnings.simplefilter('ignore')
    logging.disable(logging.CRITICAL)
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rng = random.Random(int(seed))
    modules = {f'p{number}': write_package(rng, folder, f'p{number}') for number in range(int(packages))}
    lines = subprocess.run([program, 'logilab', folder], check=True, capture_output=True, text=True).stdout
    files = {package: [] for package in modules}
    for line in lines.splitlines():
        found = json.loads(line)
        files[found['path'].split('/')[0]].append(found)
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    compared = symbols = wrong = 0
    for package, names in modules.items():
        expected = imported(names)
        if expected is None:
            continue
        compared += 1
        symbols += len(expected)
        actual = read(files[package])
        if actual != expected:
            wrong += 1
            print(f'{folder / package}:', *(f'  only imported: {one}' for one in expected if one not in actual),
                  *(f'  only read: {one}' for one in actual if one not in expected),
                  *(f'  seen: {found["path"]}: {one}' for found in files[package] for one in found['seen']), sep='\n')
    print(f'{compared} of {len(modules)} packages compared, {symbols} classes registered, {wrong} packages differ')
    return 1 if wrong or compared * 3 < len(modules) or not symbols else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
