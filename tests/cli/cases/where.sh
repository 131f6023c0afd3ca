sh "$CLI/setup/kernels.sh"
# facts are the fields, registry, oid and target; named predicates may be called
reg list Kernel --where 'min_sm >= 75'
reg list Kernel --where 'gpu()'
reg list Kernel --where 'has(tags) | target glob "libconv*"'
reg list Kernel --where 'oid == "conv" & registry == "Kernel"'
reg list Kernel --where '"fast" in tags' -o name
reg list Kernel --where '~has(min_sm)' --fields min_sm
reg list Kernel --where 'self.device == "cpu"'
reg list --all --where 'rank > 1 | min_sm > 1' --filter '*m*'
reg list Kernel --where 'min_sm > 1000'
# what is wrong with it is shown
reg list Kernel --where 'min_sm >='
reg list Kernel --where 'min_sm >=' -o json
reg list Kernel --where 'gpuu()'
reg list Kernel --where 'gpu(1)'
reg list Kernel --where 'min_ms > 3'
reg list --where 'min_sm > 3'
# a field that is not given is null, and not there, with or without `self.`
reg list Kernel --where 'min_sm == null' --fields min_sm
reg list Kernel --where 'self.min_sm == null' --fields min_sm
reg list Kernel --where '~has(min_sm)' -o name
reg list --all --where 'min_sm == null & has(device)' -o name
reg list Kernel --where 'min_sm != 80' -o name
reg list Kernel --where 'device =~ "c*"'
