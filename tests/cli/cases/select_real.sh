sh "$CLI/setup/real.sh"
reg show views/primary
reg select primary --registry views --ctx is_instance=CWUser --explain
reg select primary --registry views --ctx is_instance=CWUser -o json
reg possible adapters --ctx is_instance=Any
reg possible views | head -n 5
reg select primary --registry views --ctx is_instance=CWGroup
reg select primary --registry views --ctx non_final_entity=true --ctx is_instance=CWUser -o json
