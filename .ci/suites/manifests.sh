# The manifests through the tools that operators use: Kustomize, and Kubernetes' own schemas.
# shellcheck shell=bash

monitoring=github.com/prometheus-operator/prometheus-operator@v0.85.0

manifests() {
  local kustomize validate crds rendered=$tools/rendered
  if ! kustomize=$(go_tool sigs.k8s.io/kustomize/kustomize/v5@v5.7.1) ||
    ! validate=$(go_tool sigs.k8s.io/kubectl-validate@v0.0.4) ||
    ! crds=$(monitoring_resources); then
    failed=$((failed + 1))
    echo "FAILED: the tools for manifests could not be installed"
    return
  fi
  mkdir -p "$rendered"
  for folder in base overlays/production; do
    check "kustomize build $folder" "$kustomize" build "deploy/k8s/$folder" -o "$rendered/kustomize-${folder##*/}.yaml"
  done
  for values in minimal production everything fixed; do
    cp "target/rendered/helm-$values.yaml" "$rendered/" 2>/dev/null
  done
  for file in kustomize-base kustomize-production helm-minimal helm-production helm-everything helm-fixed; do
    check "Kubernetes 1.30 accepts $file" \
      env KUBECONFIG=/dev/null "$validate" --version 1.30 --local-crds "$crds" "$rendered/$file.yaml"
  done
  printf 'apiVersion: v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  portz: []\n' >"$rendered/wrong.yaml"
  check_refused "Kubernetes 1.30 refuses a misspelt field" \
    env KUBECONFIG=/dev/null "$validate" --version 1.30 "$rendered/wrong.yaml"
}

# The folder with the definitions of ServiceMonitor and PrometheusRule.
monitoring_resources() {
  local folder=$tools/monitoring-resources
  if [ ! -d "$folder" ]; then
    local module
    module=$(go mod download -json "$monitoring" | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p') && [ -n "$module" ] || return 1
    mkdir -p "$folder.new" &&
      cp "$module"/example/prometheus-operator-crd/monitoring.coreos.com_{servicemonitors,prometheusrules}.yaml "$folder.new/" &&
      chmod u+w "$folder.new"/* && mv "$folder.new" "$folder" || return 1
  fi
  echo "$folder"
}

alerts() {
  local python
  python=$(python_tools promql promql-parser==0.12.0 PyYAML==6.0.2) || {
    failed=$((failed + 1))
    echo "FAILED: the parser of Prometheus' queries could not be installed"
    return
  }
  check "Prometheus can read the queries of alerts and dashboard" "$python/bin/python" .ci/queries.py
}

manifests
alerts
