sh "$CLI/setup/real.sh"
reg auto-register
reg list
reg list timm.models --filter '*convnext*' --exclude '*_in22*' --fields family
reg list model --filter 'Res*' --filter 'VGG*'
reg list timm.models -o name | wc -l
reg list timm.models --where 'family == "vgg"' --sort=-line --limit 3 --fields family,line
reg find ResNet
reg show model/ResNet
reg list --all -o jsonl | wc -l
