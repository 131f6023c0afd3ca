"""What commands come to: the views that a cache can be of afterwards.

Where the contract leaves open what is read, there are several. What a cache and its sidecar stand for is known by their
bytes: whatever is damaged, swapped in or put back is looked up, not followed."""

from .commands import defines_of, is_full_run, is_refreshing, is_under, targets_of
from .sources import CONFIG, MANUAL, UNREADABLE, contents, files_in, ordered
from .views import View, cached_defines


class Files:
    """What is in the workspace that a command may read or change."""

    def __init__(self, world):
        self.cache, self.state = world.content(world.cache), world.content(world.state)
        self.stamps, self.manual = world.content(world.stamps), world.content(MANUAL)
        self.frozen = world.content(world.frozen) is not None
        self.sources = contents(world.root)
        self.files = files_in(world.root)
        self.unreadable = self.sources is not None and UNREADABLE in self.sources.values()

    @property
    def pair(self):
        return self.cache, self.state


class Knowledge:
    """Every cache that was written, with and without the sidecar that names it, and the views that they can be of; None
    for what is not foretold."""

    def __init__(self):
        self.caches, self.pairs, self.tables = {}, {}, {}

    def learn(self, files, views):
        self.caches[files.cache] = views
        if files.state is not None:
            self.pairs[files.pair] = views
        if files.stamps is not None:
            self.tables[files.cache, files.stamps] = views

    def changed(self, files):
        """Whether the sources are others than those that the table of stamps knows: a set of answers, empty where nothing
        is known, None where it is not foretold."""
        views = self.tables.get((files.cache, files.stamps), ())
        return None if views is None else {dict(view.sources) != files.sources for view in views}

    def state(self, files):
        if files.cache is None:
            return "missing"
        return "well" if files.cache in self.caches else "broken"

    def is_named(self, files):
        """Whether the sidecar is this very cache's."""
        return files.pair in self.pairs

    def defines(self, files):
        return cached_defines(files.cache) if files.cache in self.caches else ()

    def views(self, files):
        return self.pairs[files.pair] if self.is_named(files) else [View((), self.defines(files))]


class Foretelling:
    """The views after commands that wrote, each from the views before it."""

    def __init__(self, knowledge, before, now):
        self.before, self.disk, self.unreadable, self.files = before, now.sources, now.unreadable, now.files
        self.known = knowledge.is_named(before)
        self.views, self.defines = knowledge.views(before), knowledge.defines(before)

    def after(self, results):
        """The views after commands at once, in either order. One that fails may have gone on, or written nothing."""
        found = []
        sure = [result for result in results if result.code == 0]
        orders = [results, results[::-1]] if len(results) > 1 else [results]
        for order in orders + ([sure] if sure and len(sure) < len(results) else []):
            views = self.views
            for result in order:
                views = self.after_one(result, views)
            if views is None:
                return None
            found += views
        return list(dict.fromkeys(found))

    def judged_anew(self, views):
        """Every run judges what failed anew, from what was read of it."""
        again = [View(view.sources, view.defines).without_what_fails() for view in views]
        return None if None in again else again

    def partially(self, result):
        """What a partial run reads, with all that is wrong in it."""
        views = self.partial(self.views, targets_of(result.arguments), defines_of(result.arguments))
        return views and [View(view.sources, view.defines) for view in views]

    def after_one(self, result, views):
        if is_refreshing(result):
            return self.all_sources(self.defines)
        if result.arguments[0] != "auto-register":
            views = self.by_hand(views)
            return views and self.judged_anew(views)
        if is_full_run(result.arguments):
            views = self.all_sources(defines_of(result.arguments))
        else:
            targets = targets_of(result.arguments)
            views = self.partial(views, targets, defines_of(result.arguments))
            views = views and self.judged_anew(views)
            if result.code == 0 and views:
                views = [view for view in views if not any(is_under(path, targets) for path in view.failed)]
        if result.code == 0 or views is None:
            return views
        went_on = [view.without_what_fails() for view in views]
        return None if None in went_on else went_on

    def all_sources(self, defines):
        return None if self.unreadable else [View(ordered(self.disk), defines)]

    def partial(self, views, targets, defines):
        if views is None or any(content == UNREADABLE for path, content in self.disk.items() if is_under(path, targets)):
            return None
        found = [after for view in views for after in self.with_targets(view, targets, defines)]
        found += self.without_disowned(views, found)
        return found if self.known else found + (self.all_sources(defines) or [])

    def with_targets(self, view, targets, defines):
        """Read are the targets and registry.toml; what failed in that may wait until it is a target."""
        read = {path for path in {*self.disk, *dict(view.sources)} if is_under(path, targets) or path == CONFIG}
        view = View(view.sources, defines, view.left_out, view.failed)
        view = view.with_sources({path: self.disk.get(path) for path in read})
        tried = {path for path in read if is_under(path, targets) or path not in view.failed}
        return [view.without_failures_in(read), view.without_failures_in(tried)]

    def without_disowned(self, views, found):
        """What registry.toml no longer counts among the sources is gone, if it is there."""
        if self.before.sources.get(CONFIG) == dict(views[0].sources).get(CONFIG):
            return []
        disowned = self.files - set(self.disk)
        return [view.with_sources({path: None for path, _ in view.sources if path in disowned}) for view in found]

    def by_hand(self, views):
        """Read is manual.reg.json, and perhaps registry.toml; everything where it is not known what there was."""
        if views is None or self.disk.get(MANUAL) == UNREADABLE:
            return None
        found = [view.with_manual(self.disk.get(MANUAL)) for view in views]
        found += [view.with_sources({CONFIG: self.disk.get(CONFIG)}).without_failures_in({CONFIG}) for view in found]
        found += self.without_disowned(views, found)
        return found if self.known else found + (self.all_sources(self.defines) or [])
