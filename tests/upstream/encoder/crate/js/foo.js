export function from_file() {
  return 1;
}
export function otherName() {}
