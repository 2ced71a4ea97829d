/** Whether the proxy is about to end: then a balancer is told to send nobody any more. */
export interface Drain {
  begin(): void
  isOn(): boolean
}

export function createDrain(): Drain {
  let isOn = false
  return {
    begin() {
      isOn = true
    },
    isOn: () => isOn
  }
}
