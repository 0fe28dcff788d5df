import type { PersonalKind } from '../../contract/sharing.ts'

/** Names of claims, members, parameters and form fields without `_`, `-` and `.`, in lower case, that say whose data it is. */
const kinds: Record<string, PersonalKind> = {
  email: 'email',
  emails: 'email',
  emailaddress: 'email',
  useremail: 'email',
  mail: 'email',
  upn: 'email',
  userprincipalname: 'email',
  givenname: 'name',
  familyname: 'name',
  middlename: 'name',
  firstname: 'name',
  lastname: 'name',
  surname: 'name',
  fullname: 'name',
  displayname: 'name',
  nickname: 'name',
  birthdate: 'name',
  preferredusername: 'sub',
  username: 'sub',
  login: 'sub',
  user: 'sub',
  userid: 'sub',
  uid: 'sub',
  oid: 'sub',
  puid: 'sub',
  sub: 'sub',
  subject: 'sub',
  uniquename: 'sub',
  cognitousername: 'sub',
  phone: 'phone',
  phonenumber: 'phone',
  phones: 'phone',
  mobile: 'phone',
  mobilephone: 'phone',
  telephonenumber: 'phone',
  loginhint: 'login_hint',
  ip: 'ip',
  ipaddr: 'ip',
  ipaddress: 'ip',
  clientip: 'ip',
  remoteip: 'ip',
  remoteaddress: 'ip',
  remoteaddr: 'ip',
}

/** Names that say so only among others of a person: clients and keys have names and addresses, too. */
const kindsOfPerson: Record<string, PersonalKind> = {
  name: 'name',
  formatted: 'name',
  streetaddress: 'name',
  locality: 'name',
  region: 'name',
  postalcode: 'name',
  picture: 'name',
  profile: 'name',
  website: 'name',
  gender: 'name',
  address: 'name',
}

/** Headers in which proxies hand on who asked, in lower case. */
const addressHeaders = new Set([
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'cf-pseudo-ipv4',
  'fastly-client-ip',
  'fly-client-ip',
  'x-azure-clientip',
  'x-azure-socketip',
  'x-original-forwarded-for',
  'x-envoy-external-address',
])

const tellsOfPerson = /"(?:sub|email|given_name|family_name|preferred_username|phone_number|upn|oid)\\{0,4}"\s{0,8}:/

/** Whether a text of JSON speaks of a person, so that `name` in it is a person's. */
export function isAboutPerson(json: string): boolean {
  return tellsOfPerson.test(json)
}

/** What a name says of its value; undefined for names of everything else. */
export function personalKindOfName(name: string, ofPerson: boolean): PersonalKind | undefined {
  if (name.length > 80) return undefined
  const key = name.replace(/[_\-.:\s]/g, '').toLowerCase()
  // `Object.hasOwn`: a member named `constructor` is nobody's.
  if (Object.hasOwn(kinds, key)) return kinds[key]
  return ofPerson && Object.hasOwn(kindsOfPerson, key) ? kindsOfPerson[key] : undefined
}

/** Whether a header hands on who asked. */
export function isAddressHeader(name: string): boolean {
  return addressHeaders.has(name.toLowerCase())
}
